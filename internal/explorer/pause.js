// Functions that wait until there is more to do at once.

// later is a function that runs once things have been quiet for so many milliseconds.
export function later(run, quiet) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(run, quiet, ...given);
  };
}

// soon is a function that runs after so many milliseconds, once for all who asked for
// it until then.
export function soon(run, wait) {
  let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, wait);
  };
}
