package sign

import (
	"hash"
	"net/url"
	"slices"
	"strings"
)

// slip is a mistake that people make who sign requests on their own, and what it
// leads to with the request at hand. Trying them all tells what a client has
// signed, which a signature alone does not.
type slip struct {
	mistake   string
	client    Text
	signature string
}

// explain looks for the slip that leads to the signature that was given.
func (m *Mismatch) explain(slips []slip, given string) {
	for _, s := range slips {
		if s.signature == given {
			m.Mistake, m.Client = s.mistake, s.client
			return
		}
	}
}

// What to do instead. The sentences are for people.
const (
	slipPlus    = "a plus sign in Signature is sent as %2B; as + it arrives as a space"
	slipKey     = "the key is AccessKeySecret with an ampersand behind it"
	slipMethod  = "the method that is signed is the method that is sent"
	slipBlank   = "parameters with blank values are signed too"
	slipBody    = "parameters in the body are signed together with those in the query"
	slipOnce    = "the sorted query is percent-encoded once more as a whole"
	slipRawKey  = "the key is AccessKeySecret alone, without an ampersand behind it"
	slipCase    = "the signature is written in lower-case hexadecimal digits"
	slipPort    = "the host is signed with its port, as the header Host has it"
	slipInQuery = "parameters in the body are no part of the query that is signed; the hash of the body covers them"
	slipLine    = "a line break ends each header, the last one too, and one more stands before the list of signed headers"
	slipOrder   = "headers are signed in the order of the list SignedHeaders: sort both by name"
)

// encoders are encoders that clients take for percent-encoding, and how their
// output differs from it.
var encoders = []struct {
	mistake string
	differs *strings.Replacer
}{
	{"a space is encoded as %20, not as +", strings.NewReplacer("%20", "+")},
	{"a space is encoded as %20, an asterisk as %2A and a tilde not at all, unlike form encoding such as Java's URLEncoder",
		strings.NewReplacer("%20", "+", "%2A", "*", "~", "%7E")},
	{"! ' ( ) * are encoded, unlike JavaScript's encodeURIComponent",
		strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")},
	{"a slash is encoded as %2F, unlike Python's quote without safe=''", strings.NewReplacer("%2F", "/")},
}

// slips are the mistakes with V1.
func (r *V1) slips(hash func() hash.Hash, secret string, server Text) []slip {
	var slips []slip
	add := func(mistake, text, key string) {
		slips = append(slips, slip{mistake, Text{StringToSign: text}, string(appendV1(nil, hash, key, []byte(text)))})
	}
	key := secret + "&"
	add(slipPlus, server.StringToSign, key)
	slips[0].signature = strings.ReplaceAll(slips[0].signature, "+", " ")
	add(slipKey, server.StringToSign, secret)
	add(slipMethod, (&V1{otherMethod(r.Method), r.Query, r.Body}).StringToSign(), key)
	add(slipBlank, (&V1{r.Method, withoutBlanks(r.Query), withoutBlanks(r.Body)}).StringToSign(), key)
	add(slipBody, (&V1{r.Method, r.Query, nil}).StringToSign(), key)
	query := string(r.appendQuery(nil, once))
	start := r.Method + "&%2F&"
	add(slipOnce, start+query, key)
	for _, e := range encoders {
		again := once.append(nil, e.differs.Replace(query))
		add(e.mistake, start+e.differs.Replace(string(again)), key)
	}
	return slips
}

// slips are the mistakes with ACS3.
func (r *ACS3) slips(secret, signedHeaders string, server Text) []slip {
	var slips []slip
	add := func(mistake, request, key string) {
		text := Text{string(appendHashed(nil, []byte(request))), request}
		slips = append(slips, slip{mistake, text, string(appendACS3(nil, key, []byte(request)))})
	}
	ours := server.CanonicalRequest
	add(slipCase, ours, secret)
	slips[0].signature = strings.ToUpper(slips[0].signature)
	add(slipRawKey, ours, secret+"&")
	other := *r
	other.Method = otherMethod(r.Method)
	add(slipMethod, other.Text(signedHeaders).CanonicalRequest, secret)
	other = *r
	other.Host = withoutPort(r.Host)
	add(slipPort, other.Text(signedHeaders).CanonicalRequest, secret)
	other = *r
	other.Query = append(slices.Clone(r.Query), formPairs(r.Body)...)
	add(slipInQuery, other.Text(signedHeaders).CanonicalRequest, secret)
	head, tail := cutHeaders(ours, signedHeaders)
	add(slipLine, strings.TrimSuffix(head, "\n")+tail, secret)
	names := strings.Split(signedHeaders, ";")
	slices.Sort(names)
	sorted := strings.Join(names, ";")
	head, _ = cutHeaders(r.Text(sorted).CanonicalRequest, sorted)
	add(slipOrder, head+tail, secret)
	for _, e := range encoders {
		lines := strings.SplitN(ours, "\n", 4)
		lines[2] = e.differs.Replace(lines[2])
		add(e.mistake, strings.Join(lines, "\n"), secret)
	}
	return slips
}

// cutHeaders cuts a canonical request before the list of signed headers.
func cutHeaders(request, signedHeaders string) (head, tail string) {
	i := len(request) - hexSHA256 - len("\n") - len(signedHeaders)
	return request[:i], request[i:]
}

func otherMethod(method string) string {
	if method == "GET" {
		return "POST"
	}
	return "GET"
}

func withoutPort(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 {
		return host[:i]
	}
	return host
}

func withoutBlanks(pairs []Pair) []Pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return p.Value == "" })
}

// formPairs are the parameters in a body, none if it is no form.
func formPairs(body string) []Pair {
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil
	}
	var pairs []Pair
	for name, values := range form {
		for _, value := range values {
			pairs = append(pairs, Pair{name, value})
		}
	}
	return pairs
}
