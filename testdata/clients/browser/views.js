'use strict';

// The views of the page, each with something to see in it.

const fs = require('node:fs');
const path = require('node:path');

const { sample } = require('./document');
const { call } = require('./mock');

const request = { RegionId: 'cn-hangzhou', ...sample };
const revoke = { Action: 'RevokeSecurityGroup', ...request };

async function unfold({ page }) {
  await page.locator('details:not([open])').evaluateAll((folds) => { for (const fold of folds) fold.open = true; });
}

const views = {
  async start(explorer) { await explorer.open(); },

  async action(explorer) {
    await explorer.openAction('RevokeSecurityGroup', request);
    await explorer.page.locator('#sample').getByText('1/65535').first().waitFor();
  },

  async unfolded(explorer) {
    await explorer.openAction('RevokeSecurityGroup', request);
    await explorer.way('Permissions.N');
    await unfold(explorer);
  },

  async done(explorer) {
    await explorer.openAction('RevokeSecurityGroup', request);
    await explorer.call();
  },

  async refused(explorer) {
    await explorer.openAction('RevokeSecurityGroup', { ...request, Priority: '7' });
    await explorer.call();
    await explorer.hint.waitFor();
  },

  async world(explorer) {
    await explorer.openAction('RevokeSecurityGroup', request);
    await explorer.call();
    await explorer.view('World').click();
    await explorer.row(sample.SecurityGroupId).waitFor();
  },

  async reach(explorer) {
    await call(explorer.mock, { Action: 'AuthorizeSecurityGroup', RegionId: 'cn-hangzhou', SecurityGroupId: 'sg-web', IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8' });
    await explorer.open('?view=world&from=0.0.0.0/0&to=sg-web&protocol=tcp&port=22');
    await explorer.page.locator('.rulings li').nth(1).waitFor();
  },

  async made(explorer) {
    await explorer.openAction('AuthorizeSecurityGroup');
    const row = explorer.page.locator('#errors tbody tr').first();
    await row.getByRole('button').click();
    await row.getByText('as in this row').waitFor();
  },

  async editing(explorer) {
    await explorer.open('?view=world&find=web');
    await explorer.unfold('sg-web');
    await explorer.row('sg-web').getByRole('button', { name: /^Edit as JSON/ }).click();
    await explorer.page.getByRole('dialog').waitFor();
  },

  async loading(explorer) {
    await explorer.open('?view=world');
    await explorer.button('Load the demo world…').click();
    await explorer.page.getByRole('dialog').waitFor();
  },

  async journal(explorer) {
    await call(explorer.mock, revoke);
    await call(explorer.mock, revoke);
    await call(explorer.mock, { Action: 'DescribeSecurityGroups', RegionId: 'cn-hangzhou' });
    await explorer.open('?view=journal');
    await explorer.page.locator('#journal [data-call]').nth(2).waitFor();
    await unfold(explorer);
  },

  async faults(explorer) {
    await explorer.mock.fail('RevokeSecurityGroup', 'Throttling.User', 2);
    await explorer.open('?view=faults');
    await explorer.page.locator('main').getByText('Throttling.User').first().waitFor();
    await unfold(explorer);
  },

  async clock(explorer) { await explorer.open('?view=clock'); },
};

// album is where screenshots are left for people.
const album = process.env.CLIENTS_SCREENSHOTS || path.join(__dirname, '../../../bin/screenshots');
fs.mkdirSync(album, { recursive: true });

module.exports = { album, views };
