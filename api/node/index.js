'use strict';

const { Ecsmock } = require('./ecsmock.js');
const { EcsmockError } = require('./error.js');
const { Server, connect, start } = require('./server.js');

module.exports = { Ecsmock, EcsmockError, Server, connect, start };
