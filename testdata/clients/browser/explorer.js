'use strict';

// Explorer is the page as a reader of it sees it: what can be found, typed and pressed.
class Explorer {
  constructor(page, mock) {
    this.page = page;
    this.mock = mock;
    this.answer = page.locator('#answer');
    this.hint = page.locator('#hint');
  }

  // open goes to what a query chooses, such as ?view=world, and waits until it is there.
  async open(query = '') {
    await this.page.goto(`${this.mock.url}/_mock/${query}`);
    await this.page.locator('main :is(h1, h2)').first().waitFor();
  }

  async openAction(action, parameters = {}) {
    await this.open(`?${new URLSearchParams({ api: action, ...parameters })}`);
    await this.page.locator('form#call').waitFor();
  }

  button(name) { return this.page.getByRole('button', { name, exact: true }); }

  view(name) { return this.page.getByRole('banner').getByRole('link', { name, exact: true }); }

  // field is the control of a parameter. One with few values is several radio buttons.
  field(name) { return this.page.locator(`form#call [name="${name}"]`); }

  // way chooses the form of which the call uses one.
  way(name) { return this.page.getByLabel(name, { exact: true }).check(); }

  row(group) { return this.page.locator(`article[data-group="${group}"]`); }

  // unfold shows the rules of a group.
  async unfold(group) {
    const fold = this.row(group).locator('details.group').first();
    await fold.waitFor();
    if (await fold.getAttribute('open') === null) await fold.locator('> summary').click();
    await fold.locator('.ways').waitFor();
  }

  rule(id) { return this.page.locator(`[data-rule="${id}"]`); }

  // type fills fields as a reader does, who first unfolds those that are folded away.
  async type(parameters) {
    for (const [name, value] of Object.entries(parameters)) {
      const field = this.field(name).first();
      const folded = field.locator('xpath=ancestor::details[not(@open)]/summary');
      while (await folded.count() > 0) await folded.first().click();
      if (await field.getAttribute('type') === 'radio') await this.choose(name, value);
      else await field.fill(value);
    }
  }

  // choose checks the radio button of a value, or gives another value.
  async choose(name, value) {
    const choice = this.page.locator(`form#call [role="radiogroup"]:has([name="${name}"])`);
    const known = choice.getByLabel(value, { exact: true });
    if (await known.count() > 0) {
      await known.check();
      return;
    }
    await choice.getByLabel('another value', { exact: true }).check();
    await choice.getByLabel(`Another value of ${name}`).fill(value);
  }

  // typed is the fields of the form that are not blank.
  typed() {
    return this.page.locator('form#call').evaluate((form) =>
      Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '')));
  }

  // press presses a button that calls the API, and tells what was answered last.
  async press(button, calls = 1) {
    const sent = [];
    const listen = (response) => { if (isCall(response)) sent.push(response); };
    this.page.on('response', listen);
    await button.click();
    await waitFor(() => sent.length >= calls, this.page);
    this.page.off('response', listen);
    const last = sent.at(-1);
    await this.page.locator(`#answer[data-status="${last.status()}"]`).waitFor();
    return this.seen(last.request());
  }

  call() { return this.press(this.button('Call')); }

  // seen is what the page shows of the last answer.
  async seen(request) {
    const body = this.answer.locator('pre').last();
    await body.waitFor();
    return {
      request: parametersOf(request),
      status: Number(await this.answer.getAttribute('data-status')),
      code: await this.answer.getAttribute('data-code') ?? '',
      body: await body.innerText(),
    };
  }
}

function isCall(response) { return new URL(response.url()).pathname === '/'; }

// parametersOf is what a request carries, in its query and in its body.
function parametersOf(request) {
  const pairs = [...new URL(request.url()).searchParams, ...new URLSearchParams(request.postData() ?? '')];
  return Object.fromEntries(pairs);
}

// waitFor waits for answers until a condition holds.
async function waitFor(condition, page) {
  while (!condition()) await page.waitForEvent('response');
}

module.exports = { Explorer };
