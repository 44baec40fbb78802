'use strict';

// EcsmockError says what is wrong with a request to the mock, or why it does not start, in
// a sentence that says what to do.
class EcsmockError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'EcsmockError';
  }
}

module.exports = { EcsmockError };
