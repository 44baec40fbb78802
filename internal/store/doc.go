// Package store is the World: the accounts, their security groups in each region
// with the instances and network interfaces in them, prefix lists, which group's
// rules name which group or list, and the client tokens of calls that were
// answered. It also reads and writes the state form, in which a whole world is one
// JSON document.
//
// Nothing outlives View and Update: whoever asks for a group holds it until the
// function returns and no longer, for a reset may replace the world right after.
package store
