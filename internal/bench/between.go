package main

// between is what stands between a figure and its star, as profiles of the program
// show it: the name of a figure, and sentences that stay true on other machines.
var between = map[string]string{
	"4 connections: calls a second, ratio": "Of what a call takes, the kernel has two fifths, net/http and the runtime a third, and both are the floor's as well. `ServeHTTP` has a quarter: half of it " +
		"reads and decodes the parameters, a fifth writes the headers and the answer, a sixth is the world's, a twelfth the journal's; no part of it is left that is large. It takes " +
		"nearly twice as long there as in a loop of its own, for between two calls the caches are the kernel's. The deadlines against slow clients, which the floor has not, come on top.",
	"4 connections, `-signatures=require`: calls a second, ratio": "Of what verifying takes, a quarter is the HMAC, a fifth what is signed, sorted and escaped, a quarter the nonce, which has to be " +
		"remembered, and the rest who signed it and when.",
	"a hit, authorize and revoke in turn":         "Half of it reads and decodes two dozen declared parameters, a quarter is the world's.",
	"allocations of a hit":                        "What is kept is allocated: the rule, its id, the request's id, what was decoded.",
	"a stored rule, of a million in 1,000 groups": "A rule is 224 bytes, its id 24, and each of the two indexes has an entry in a map that may be half empty.",
	"start to first answer":                       "The runtime's own start and the loading of the program, which a machine does at its own pace.",
	"memory when idle (resident)":                 "Three quarters are pages of the program itself, and the runtime has most of the rest.",
	"the program, stripped": "`net/http` with TLS, `log/slog`, chi and the making of certificates, linked into a program that does nothing, are 6.7 MB, so that all of the mock would have to fit into " +
		"0.3 MB.",
}
