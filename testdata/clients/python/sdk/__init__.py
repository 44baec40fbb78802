"""Unmodified clients against the mock: the vendor's SDKs of both generations, and Apache Libcloud."""
