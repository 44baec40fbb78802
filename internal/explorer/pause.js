// Functions that run later, once for several requests.

// later debounces: the function runs so many milliseconds after the last call.
export function later(run, quiet) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(run, quiet, ...given);
  };
}

// soon throttles: the function runs so many milliseconds after the first call, once for
// all calls until then.
export function soon(run, wait) {
  let timer;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, wait);
  };
}
