package sign

import (
	"hash"
	"net/url"
	"slices"
	"strings"
)

// A mistake is a known mistake of programs that sign requests, with the text and the
// signature that it leads to for one request. A signature alone does not show what the
// client signed; trying all mistakes often does.
type mistake struct {
	advice    string
	client    Text
	signature string
}

// explain sets the mistake that leads to the client's signature, if there is one.
func (m *Mismatch) explain(mistakes []mistake, signature string) {
	for _, s := range mistakes {
		if s.signature == signature {
			m.Mistake, m.Client = s.advice, s.client
			return
		}
	}
}

// What to do instead.
const (
	mistakePlus    = "send a plus sign in Signature as %2B; a plain + means a space"
	mistakeKey     = "the HMAC key must be AccessKeySecret followed by an ampersand"
	mistakeMethod  = "sign the method that is sent"
	mistakeBlank   = "sign parameters with blank values, too"
	mistakeBody    = "sign the parameters of the body together with those of the query"
	mistakeOnce    = "percent-encode the sorted query once more as a whole"
	mistakeRawKey  = "the HMAC key must be AccessKeySecret alone, without an ampersand"
	mistakeCase    = "write the signature in lower-case hexadecimal digits"
	mistakePort    = "sign the host with its port, as in the header Host"
	mistakeInQuery = "do not sign the parameters of the body as part of the query; the hash of the body covers them"
	mistakeLine    = "end each header with a line break, the last one, too, and put one more before the list of signed headers"
	mistakeOrder   = "sign headers in the order of SignedHeaders: sort both by name"
)

// encoders are encoders that clients use instead of percent-encoding, and how their
// output differs.
var encoders = []struct {
	advice  string
	differs *strings.Replacer
}{
	{"encode a space as %20, not as +", strings.NewReplacer("%20", "+")},
	{"encode a space as %20, an asterisk as %2A, and do not encode a tilde, unlike form encoding such as Java's URLEncoder",
		strings.NewReplacer("%20", "+", "%2A", "*", "~", "%7E")},
	{"encode ! ' ( ) * as well, unlike JavaScript's encodeURIComponent",
		strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")},
	{"encode a slash as %2F, unlike Python's quote without safe=''", strings.NewReplacer("%2F", "/")},
}

// mistakes returns the known mistakes with V1.
func (r *V1) mistakes(hash func() hash.Hash, secret string, server Text) []mistake {
	var all []mistake
	add := func(advice, text, key string) {
		all = append(all, mistake{advice, Text{StringToSign: text}, string(appendV1(nil, hash, key, []byte(text)))})
	}
	key := secret + "&"
	add(mistakePlus, server.StringToSign, key)
	all[0].signature = strings.ReplaceAll(all[0].signature, "+", " ")
	add(mistakeKey, server.StringToSign, secret)
	add(mistakeMethod, (&V1{otherMethod(r.Method), r.Query, r.Body}).StringToSign(), key)
	add(mistakeBlank, (&V1{r.Method, withoutBlanks(r.Query), withoutBlanks(r.Body)}).StringToSign(), key)
	add(mistakeBody, (&V1{r.Method, r.Query, nil}).StringToSign(), key)
	query := string(r.appendQuery(nil, once))
	start := r.Method + "&%2F&"
	add(mistakeOnce, start+query, key)
	for _, e := range encoders {
		again := once.append(nil, e.differs.Replace(query))
		add(e.advice, start+e.differs.Replace(string(again)), key)
	}
	return all
}

// mistakes returns the known mistakes with ACS3.
func (r *ACS3) mistakes(secret, signedHeaders string, server Text) []mistake {
	var all []mistake
	add := func(advice, request, key string) {
		text := Text{string(appendHashed(nil, []byte(request))), request}
		all = append(all, mistake{advice, text, string(appendACS3(nil, key, []byte(request)))})
	}
	ours := server.CanonicalRequest
	add(mistakeCase, ours, secret)
	all[0].signature = strings.ToUpper(all[0].signature)
	add(mistakeRawKey, ours, secret+"&")
	other := *r
	other.Method = otherMethod(r.Method)
	add(mistakeMethod, other.Text(signedHeaders).CanonicalRequest, secret)
	other = *r
	other.Host = withoutPort(r.Host)
	add(mistakePort, other.Text(signedHeaders).CanonicalRequest, secret)
	other = *r
	other.Query = append(slices.Clone(r.Query), formPairs(r.Body)...)
	add(mistakeInQuery, other.Text(signedHeaders).CanonicalRequest, secret)
	head, tail := cutHeaders(ours, signedHeaders)
	add(mistakeLine, strings.TrimSuffix(head, "\n")+tail, secret)
	names := strings.Split(signedHeaders, ";")
	slices.Sort(names)
	sorted := strings.Join(names, ";")
	head, _ = cutHeaders(r.Text(sorted).CanonicalRequest, sorted)
	add(mistakeOrder, head+tail, secret)
	for _, e := range encoders {
		lines := strings.SplitN(ours, "\n", 4)
		lines[2] = e.differs.Replace(lines[2])
		add(e.advice, strings.Join(lines, "\n"), secret)
	}
	return all
}

// cutHeaders splits a canonical request before the list of signed headers.
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

// formPairs returns the parameters in a body, none if it is not a form.
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
