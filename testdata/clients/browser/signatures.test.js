'use strict';

// A mock that requires signatures: the page signs what it sends.

const assert = require('node:assert/strict');

const { sample } = require('./document');
const { stage } = require('./stage');

const walk = stage({ signatures: 'require', credentials: 'testid:testsecret,other:it is another+one' });
const request = { RegionId: 'cn-hangzhou', ...sample };

for (const method of ['GET', 'POST']) {
  walk(`calls by ${method} are signed with the key and the secret that are given`, async (explorer) => {
    const { page } = explorer;
    await explorer.openAction('RevokeSecurityGroup', { ...request, Description: "it's signed, ~all of it* (ü €)" });
    await page.getByLabel('Method').selectOption(method);
    const signed = await explorer.call();
    assert.equal(signed.status, 200, signed.body);
    assert.equal(signed.request.SignatureMethod, 'HMAC-SHA1');

    await page.getByLabel('Access key').fill('other');
    await page.getByLabel('Secret').fill('it is not this one');
    assert.equal((await explorer.call()).code, 'IncompleteSignature');
    await page.getByLabel('Secret').fill('it is another+one');
    assert.equal((await explorer.call()).code, 'InvalidGroupAuthItem.NotFound', 'signed well, and revoked before');
  });
}
