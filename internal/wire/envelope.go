package wire

import "bytes"

// Head begins an answer in XML.
const Head = `<?xml version='1.0' encoding='UTF-8'?>`

// ContentType is the exact type that clients compare with: another spelling of
// the XML type makes them read the body as JSON.
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

// Success appends what an action answers: the id of the request, then the
// answer's own fields. A nil answer has none.
func Success(buf []byte, f Format, action, requestID string, a Answer) []byte {
	w := Writer{buf: buf, format: f}
	root := ""
	if f == XML {
		root = action + "Response"
	}
	w.begin(root)
	w.Text("RequestId", requestID)
	if a != nil {
		a.Fields(&w)
	}
	w.end(root)
	return w.buf
}

// Error is what a refused request is answered with.
type Error struct{ RequestID, HostID, Code, Message, Recommend string }

// Failure appends an error.
func Failure(buf []byte, f Format, e *Error) []byte {
	w := Writer{buf: buf, format: f}
	w.begin("Error")
	w.Text("RequestId", e.RequestID)
	w.Text("HostId", e.HostID)
	w.Text("Code", e.Code)
	w.Text("Message", e.Message)
	w.cdata("Recommend", e.Recommend)
	w.end("Error")
	return w.buf
}

func (w *Writer) begin(root string) {
	if w.format == JSON {
		w.buf = append(w.buf, '{')
		return
	}
	w.buf = append(w.buf, Head...)
	w.open(root)
}

func (w *Writer) end(root string) {
	if w.format == JSON {
		w.buf = append(w.buf, '}')
		return
	}
	w.close(root)
}

// cdata writes a text as CDATA in XML, as the service does with addresses.
func (w *Writer) cdata(name, value string) {
	if w.format == JSON {
		w.Text(name, value)
		return
	}
	w.open(name)
	w.buf = append(w.buf, "<![CDATA["...)
	w.buf = append(w.buf, bytes.ReplaceAll([]byte(value), []byte("]]>"), nil)...)
	w.buf = append(w.buf, "]]>"...)
	w.close(name)
}
