package server

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// What can be wrong with a signature beside its own form.
var (
	errAccessKey     = errors.New("the mock does not know the access key; name it with -credentials id:secret, or use one of 16 digits")
	errNonce         = errors.New("a nonce is used once; a client that repeats a call signs it anew")
	errSignatureV1   = errors.New("the parameters are signed otherwise than the service signs them")
	errSignatureACS3 = errors.New("the headers are signed otherwise than the service signs them")
)

const (
	lacking    = "%s is mandatory for this action."
	nonsense   = "Specified parameter %s is not valid."
	notConform = "The request signature does not conform to Aliyun standards."
)

// SignatureFailures are the rows of calls whose signature is refused. SDKs look
// for the server's string to sign in the message, to tell a wrong secret from a
// wrong signature.
var SignatureFailures = []rpc.Failure{
	{On: sign.ErrMissing, Of: "AccessKeyId", Status: 400, Code: "MissingAccessKeyId", Message: lacking, When: "AccessKeyId is missing."},
	{On: sign.ErrMissing, Of: "Signature", Status: 400, Code: "MissingSignature", Message: lacking, When: "Signature is missing."},
	{On: sign.ErrMissing, Of: "SignatureMethod", Status: 400, Code: "MissingSignatureMethod", Message: lacking, When: "SignatureMethod is missing."},
	{On: sign.ErrMissing, Of: "SignatureVersion", Status: 400, Code: "MissingSignatureVersion", Message: lacking, When: "SignatureVersion is missing."},
	{On: sign.ErrMissing, Of: "SignatureNonce", Status: 400, Code: "MissingSignatureNonce", Message: lacking, When: "SignatureNonce is missing."},
	{On: sign.ErrMissing, Of: "Timestamp", Status: 400, Code: "MissingTimestamp", Message: lacking, When: "Timestamp is missing."},
	{On: sign.ErrMissing, Status: 400, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`, When: "A header that ACS3 needs is missing."},
	{On: errAccessKey, Status: 404, Code: "InvalidAccessKeyId.NotFound", Message: "Specified access key is not found.", When: "The access key is unknown."},
	{On: sign.ErrVersion, Status: 400, Code: "InvalidSignatureVersion", Message: nonsense, When: "SignatureVersion is not 1.0."},
	{On: sign.ErrAlgorithm, Status: 400, Code: "InvalidSignatureMethod", Message: "Specified signature method is not valid.", When: "The algorithm is none that the mock knows."},
	{On: sign.ErrAuthorization, Status: 400, Code: "IncompleteSignature", Message: notConform, When: "The header Authorization is malformed."},
	{On: sign.ErrSignedHeaders, Status: 400, Code: "IncompleteSignature", Message: notConform, When: "SignedHeaders is malformed."},
	{On: sign.ErrTimestamp, Status: 400, Code: "InvalidTimeStamp.Format", Message: "Specified time stamp or date value is not well formatted.", When: "The timestamp is not yyyy-MM-ddTHH:mm:ssZ."},
	{On: sign.ErrExpired, Status: 400, Code: "InvalidTimeStamp.Expired", Message: "Specified time stamp or date value is expired.", When: "The timestamp is more than 15 minutes off the mock's clock."},
	{On: errNonce, Status: 400, Code: "SignatureNonceUsed", Message: "Specified signature nonce was used already.", When: "The nonce was used before."},
	{On: errSignatureV1, Until: rpc.Edition2020, Status: 400, Code: "IncompleteSignature", Message: notConform + " server string to sign is:%s", When: "The signature of version 1.0 is wrong."},
	{On: errSignatureV1, Since: rpc.Edition2024, Status: 400, Code: "SignatureDoesNotMatch", Message: "Specified signature is not matched with our calculation. server string to sign is:%s", When: "The signature of version 1.0 is wrong."},
	{On: errSignatureACS3, Status: 400, Code: "SignatureDoesNotMatch", Message: "Specified signature does not match our calculation. server StringToSign is %s", When: "The signature of ACS3 is wrong."},
}
