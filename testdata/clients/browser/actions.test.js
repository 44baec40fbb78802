'use strict';

// Every action alike: nothing in the page is made for one of them.

const assert = require('node:assert/strict');

const { stage } = require('./stage');

const walk = stage();

walk('every action can be found, filled with its example, and called', async (explorer, guard, t) => {
  const { page, mock } = explorer;
  const { Products } = await mock.request('GET', 'actions');
  const Actions = Products.flatMap(({ Name: product, Actions: own }, i) =>
    own.map((action) => ({ ...action, Key: i === 0 ? action.Name : `${product}.${action.Name}` })));
  await explorer.open();
  const listed = await page.locator('nav a[data-action]').evaluateAll((links) => links.map((a) => a.dataset.action));
  assert.deepEqual(listed.sort(), Actions.map((action) => action.Key).sort());

  for (const { Key, Example, Parameters, Errors } of Actions) {
    await t.test(Key, async () => {
      await mock.reset();
      await explorer.openAction(Key);
      assert.match(await page.title(), new RegExp(Key));
      await explorer.button('Fill the example').click();
      const { status, request } = await explorer.call();
      assert.equal(status, 200);
      for (const [name, value] of new URLSearchParams(Example)) assert.equal(request[name], value, name);
      assert.equal(await page.locator('#errors tr[data-code]').count(), Errors.length);
      const names = await page.locator('form#call [name]').evaluateAll((fields) => fields.map((f) => f.name));
      for (const p of Parameters.filter((p) => p.Type !== 'Array')) assert.ok(names.includes(p.Name), `${p.Name} has no field`);
    });
  }
});

walk('an action that the mock lacks is said to be lacking, and can be called even so', async (explorer, guard) => {
  guard.expect('/_mock/samples/curl'); // there is no code for it
  const { page } = explorer;
  await explorer.openAction('DescribeSnapshots');
  await page.getByText('ECS has this action, but the mock does not.').waitFor();
  assert.equal((await explorer.call()).code, 'UnsupportedOperation');

  await explorer.openAction('RevokeEverything');
  await page.getByText('ECS has no such action.').waitFor();
  const { status, code } = await explorer.call();
  assert.deepEqual([status, code], [404, 'InvalidAction.NotFound']);
});
