package sample

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

var curl = &Client{
	Name: "curl", Title: "curl", Language: "Shell", File: "<Action>.sh",
	Install: "curl 7.76 or later",
	Run:     "sh <Action>.sh",
	Chosen:  true,
	comment: "#", trusts: "CURL_CA_BUNDLE=ca.pem",
	write: writeCurl,
}

const signedText = `query="{query}"
signature=$(printf '{method}&%%2F&%s' "$(printf %s "$query" | sed 's/%/%25/g; s/&/%26/g; s/=/%3D/g')" |
    openssl dgst -sha1 -hmac {secret}'&' -binary | base64)
curl --silent --show-error --fail-with-body {get}{endpoint} --data "$query" --data-urlencode "Signature=$signature"
`

func writeCurl(c *Call) string {
	pairs := append([]Pair{
		{"Action", c.Action.Name}, {"Version", c.Action.Product.Version}, {"Format", cmp.Or(c.Format, "JSON")}, {"AccessKeyId", c.KeyID},
	}, c.Params...)
	method, get := cmp.Or(c.Method, "GET"), "--get "
	if method != "GET" {
		get = "" // curl sends data by POST
	}
	if c.Signed {
		return c.fill(signedText, shellWord, "{query}", signedQuery(pairs), "{method}", method, "{get}", get)
	}
	flags := make([]string, len(pairs))
	for i, p := range pairs {
		flags[i] = "--data-urlencode " + shellWord(p.Name+"="+p.Value)
	}
	return c.fill("curl --silent --show-error --fail-with-body {get}{endpoint}", shellWord, "{get}", get) + shellLines(flags)
}

// signedQuery returns the canonical query that is signed: encoded and sorted. The shell
// fills in the nonce and the timestamp.
func signedQuery(pairs []Pair) string {
	list := []string{
		"SignatureMethod=HMAC-SHA1", "SignatureVersion=1.0",
		"SignatureNonce=$(date +%s)-$$", "Timestamp=$(date -u +%Y-%m-%dT%H%%3A%M%%3A%SZ)",
	}
	for _, p := range pairs {
		list = append(list, encode(p.Name)+"="+encode(p.Value))
	}
	slices.Sort(list)
	return strings.Join(list, "&")
}

// encode returns a text in the service's URL encoding, which has no plus signs.
func encode(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}
