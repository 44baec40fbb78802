package wire

import (
	"encoding/json"
	"encoding/xml"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEscapes(t *testing.T) {
	for _, c := range []struct{ says, text, json, xml string }{
		{"plain text stays", "port 22, 10.0.0.0/8", "port 22, 10.0.0.0/8", "port 22, 10.0.0.0/8"},
		{"quotes are JSON's business", `say "hi" it's`, `say \"hi\" it's`, `say "hi" it's`},
		{"so are backslashes", `a\b\\`, `a\\b\\\\`, `a\b\\`},
		{"angle brackets and ampersands are XML's", "<a> && ]]>", "<a> && ]]>", "&lt;a&gt; &amp;&amp; ]]&gt;"},
		{"what looks escaped is escaped again", `&lt;\u003c`, `&lt;\\u003c`, `&amp;lt;\u003c`},
		{"lines and tabs", "a\nb\tc\r\n", `a\nb\tc\r\n`, "a\nb\tc&#13;\n"},
		{"other control characters do not exist in XML", "\x00\b\x1b", `\u0000\u0008\u001b`, "\uFFFD\uFFFD\uFFFD"},
		{"but delete does", "a\x7f\u0085", "a\x7f\u0085", "a\x7f\u0085"},
		{"characters of every length", "aßท安全组🔥", "aßท安全组🔥", "aßท安全组🔥"},
		{"JavaScript's line ends are characters as others", "a\u2028b\u2029", "a\u2028b\u2029", "a\u2028b\u2029"},
		{"a byte that is no UTF-8 is replaced", "a\xffb\xc3", "a\uFFFDb\uFFFD", "a\uFFFDb\uFFFD"},
		{"each byte of a surrogate is", "\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
		{"the replacement character itself stays", "a\uFFFDb", "a\uFFFDb", "a\uFFFDb"},
		{"two characters exist in JSON only", "\uFFFE\uFFFF", "\uFFFE\uFFFF", "\uFFFD\uFFFD"},
		{"nothing", "", "", ""},
	} {
		t.Run(c.says, func(t *testing.T) {
			assert.Equal(t, `"`+c.json+`"`, string(appendJSON(nil, c.text)))
			assert.Equal(t, c.xml, string(appendXML(nil, c.text, xmlEscape)))
		})
	}
}

func TestCDATACannotBeEnded(t *testing.T) {
	for _, text := range []string{"]]>", "]]]]>>", "a]]>b]]>", "]]>]]>", ">", "]>", "<![CDATA[x]]>", "a\r\nb\x00&<"} {
		assert.Equal(t, legal(text), recommended(t, XML, text), "%q", text)
		assert.Equal(t, text, recommended(t, JSON, text), "%q", text)
	}
}

// valid is a text as JSON can hold it.
func valid(text string) string { return string([]rune(text)) }

// legal is a text as XML 1.0 can hold it.
func legal(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, valid(text))
}

// recommended is the text that a decoder finds where an error has its address.
func recommended(t testing.TB, f Format, text string) string {
	var e struct{ RequestId, HostId, Code, Message, Recommend string }
	read(t, f, failure(nil, f, &Error{Code: text, Recommend: text}), &e)
	if f == XML {
		assert.Equal(t, e.Code, e.Recommend)
	}
	return e.Recommend
}

// read decodes an answer with the standard library.
func read(t testing.TB, f Format, body []byte, into any) {
	if f == JSON {
		d := json.NewDecoder(strings.NewReader(string(body)))
		d.DisallowUnknownFields()
		require.NoError(t, d.Decode(into), "%s", body)
		require.False(t, d.More(), "%s", body)
		return
	}
	require.NoError(t, xml.Unmarshal(body, into), "%s", body)
}

func FuzzText(f *testing.F) {
	f.Add("plain")
	f.Add("\"<>&'\\ \x00\x1f\x7f\r\n\t]]>")
	f.Add("\xff\xed\xa0\x80\uFFFD\uFFFE\uFFFF\u2028🔥")
	f.Fuzz(func(t *testing.T, text string) {
		z := &zoo{Name: text, Keepers: []string{text, text}}
		for format, kept := range map[Format]func(string) string{JSON: valid, XML: legal} {
			var got readZoo
			read(t, format, success(nil, format, "VisitZoo", text, z), &got)
			require.Equal(t, z.reading(kept(text), kept), got.tidy())
			require.Equal(t, kept(text), recommended(t, format, text))
		}
	})
}

// Whatever is answered, decoders of both formats see the same.
func TestRandomAnswersAreReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		z := randomZoo(random)
		for format, kept := range map[Format]func(string) string{JSON: valid, XML: legal} {
			var got readZoo
			read(t, format, success(nil, format, "VisitZoo", id, z), &got)
			require.Equal(t, z.reading(id, kept), got.tidy())
		}
	}
}

func randomZoo(r *rand.Rand) *zoo {
	z := &zoo{Name: randomText(r), Visits: int(r.Uint64()), Open: r.IntN(2) == 0}
	for range r.IntN(3) {
		z.Keepers = append(z.Keepers, randomText(r))
	}
	for range r.IntN(4) {
		c := cage{Label: randomText(r)}
		for range r.IntN(4) {
			c.Animals = append(c.Animals, animal{randomText(r), r.IntN(1000) - 500})
		}
		z.Cages = append(z.Cages, c)
	}
	return z
}

func randomText(r *rand.Rand) string {
	pieces := []string{"a", "{", "[", "}", ",", `"`, `\`, "<", ">", "&", "]]>", "\x00", "\x1f", "\r", "\n", "\t", "\xff", "\xed\xa0\x80", "é", "组", "🔥", "\u2028", "\uFFFE"}
	var b strings.Builder
	for range r.IntN(8) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}
