// Package store is the World: the accounts, their security groups in each
// region, which group's rules name which other group, and the client tokens of
// calls that were answered. It also reads and writes the state form, in which a
// whole world is one JSON document.
//
// Nothing outlives View and Update: whoever asks for a group holds it until the
// function returns and no longer, for a reset may replace the world right after.
package store
