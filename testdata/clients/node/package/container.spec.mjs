import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from 'ecsmock';
import { GenericContainer, Wait } from 'testcontainers';

test('a container', async (t) => {
  const container = await new GenericContainer('ecsmock').withExposedPorts(2014)
    .withEnvironment({ ECSMOCK_EDITION: '2025', ECSMOCK_SEED: 'demo' })
    .withWaitStrategy(Wait.forHttp('/_mock/health', 2014))
    .withLogConsumer((log) => log.pipe(process.stderr)) // a line for each call
    .start();
  t.after(() => container.stop());
  const mock = connect(`http://${container.getHost()}:${container.getMappedPort(2014)}`);
  assert.equal((await mock.health()).Edition, 2025);
  assert.deepEqual((await mock.newAccount().state()).SecurityGroups, []);
});
