package wire

// Head is the first line of an answer in XML.
const Head = `<?xml version='1.0' encoding='UTF-8'?>`

// ContentType returns the content type. Clients compare it letter by letter: another
// spelling of the XML type makes them read the body as JSON.
func (f Format) ContentType() string {
	if f == JSON {
		return "application/json;charset=utf-8"
	}
	return "text/xml;charset=utf-8"
}

func (f Format) String() string {
	if f == JSON {
		return "JSON"
	}
	return "XML"
}

// Success appends a successful answer: the id of the request, then the fields of the
// answer. A nil answer has none.
func (w *Writer) Success(action, requestID string, a Answer) []byte {
	root := ""
	if w.format == XML {
		root = action + "Response"
	}
	w.start(root)
	w.Text("RequestId", requestID)
	if a != nil {
		a.Fields(w)
	}
	w.finish(root)
	return w.buf
}

// An Error is the answer to a refused request.
type Error struct{ RequestID, HostID, Code, Message, Recommend string }

// Failure appends an error.
func (w *Writer) Failure(e *Error) []byte {
	w.start("Error")
	w.Text("RequestId", e.RequestID)
	w.Text("HostId", e.HostID)
	w.Text("Code", e.Code)
	w.Text("Message", e.Message)
	w.address("Recommend", e.Recommend)
	w.finish("Error")
	return w.buf
}

func (w *Writer) start(root string) {
	if w.format == XML {
		w.buf = append(w.buf, Head...)
		w.open(root)
	}
	w.mark('{')
}

func (w *Writer) finish(root string) {
	w.mark('}')
	w.end(root)
}

// address writes a text that is CDATA in XML, as the service writes addresses.
func (w *Writer) address(name, value string) {
	if w.format == JSON || value == "" {
		w.Text(name, value)
		return
	}
	w.open(name)
	w.buf = append(w.buf, "<![CDATA["...)
	w.buf = appendXML(w.buf, value, cdataEscape)
	w.buf = append(w.buf, "]]>"...)
	w.close(name)
}
