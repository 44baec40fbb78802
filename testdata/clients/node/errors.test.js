'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { errors } = require('./errors');

test('every row of the document is among those that the SDKs are refused by', () => {
  const document = fs.readFileSync(path.join(__dirname, '../../upstream/revoke-security-group.txt'), 'utf8');
  const rows = document.split('[errors]\n')[1].trim().split('\n');
  assert.equal(rows.length, 20);
  for (const row of rows) {
    const [status, code, message] = row.split(' | ');
    const met = errors.some((e) => e.status === Number(status) && e.code === code && (message === '%s' || e.message === message));
    assert.ok(met, `no client meets ${row}`);
  }
});
