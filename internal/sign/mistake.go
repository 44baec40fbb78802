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

// A signing is a text that is signed with a key by mistake.
type signing struct{ advice, text, key string }

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
	key := secret + "&"
	query := string(r.appendQuery(nil, once))
	start := r.Method + "&%2F&"
	list := []signing{
		{mistakePlus, server.StringToSign, key},
		{mistakeKey, server.StringToSign, secret},
		{mistakeMethod, (&V1{otherMethod(r.Method), r.Query, r.Body}).StringToSign(), key},
		{mistakeBlank, (&V1{r.Method, withoutBlanks(r.Query), withoutBlanks(r.Body)}).StringToSign(), key},
		{mistakeBody, (&V1{r.Method, r.Query, nil}).StringToSign(), key},
		{mistakeOnce, start + query, key},
	}
	for _, e := range encoders {
		again := once.append(nil, e.differs.Replace(query))
		list = append(list, signing{e.advice, start + e.differs.Replace(string(again)), key})
	}
	var all []mistake
	for _, s := range list {
		all = append(all, mistake{s.advice, Text{StringToSign: s.text}, string(appendV1(nil, hash, s.key, []byte(s.text)))})
	}
	all[0].signature = strings.ReplaceAll(all[0].signature, "+", " ")
	return all
}

// mistakes returns the known mistakes with ACS3.
func (r *ACS3) mistakes(secret, signedHeaders string, server Text) []mistake {
	ours := server.CanonicalRequest
	method, host, query := *r, *r, *r
	method.Method = otherMethod(r.Method)
	host.Host = withoutPort(r.Host)
	query.Query = append(slices.Clone(r.Query), formPairs(r.Body)...)
	head, tail := cutHeaders(ours, signedHeaders)
	names := strings.Split(signedHeaders, ";")
	slices.Sort(names)
	sorted := strings.Join(names, ";")
	sortedHead, _ := cutHeaders(r.Text(sorted).CanonicalRequest, sorted)
	list := []signing{
		{mistakeCase, ours, secret},
		{mistakeRawKey, ours, secret + "&"},
		{mistakeMethod, method.Text(signedHeaders).CanonicalRequest, secret},
		{mistakePort, host.Text(signedHeaders).CanonicalRequest, secret},
		{mistakeInQuery, query.Text(signedHeaders).CanonicalRequest, secret},
		{mistakeLine, strings.TrimSuffix(head, "\n") + tail, secret},
		{mistakeOrder, sortedHead + tail, secret},
	}
	for _, e := range encoders {
		lines := strings.SplitN(ours, "\n", 4)
		lines[2] = e.differs.Replace(lines[2])
		list = append(list, signing{e.advice, strings.Join(lines, "\n"), secret})
	}
	var all []mistake
	for _, s := range list {
		request := []byte(s.text)
		text := Text{string(appendHashed(nil, request)), s.text}
		all = append(all, mistake{s.advice, text, string(appendACS3(nil, s.key, request))})
	}
	all[0].signature = strings.ToUpper(all[0].signature)
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
