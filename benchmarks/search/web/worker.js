// @ts-check
/**
 * One question after the other to a worker.
 *
 * @param {Worker} worker
 * @param {unknown} message
 * @param {(data: any) => boolean} ends Whether an answer is the last one.
 * @returns {Promise<any>} The last answer.
 */
export function tell(worker, message, ends) {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    worker.addEventListener("error", (event) => {
      stop.abort();
      reject(new Error(event.message || "the worker did not start"));
    }, options);
    worker.addEventListener("message", (event) => {
      try {
        if (!ends(event.data)) return;
        resolve(event.data);
      } catch (error) {
        reject(error);
      }
      stop.abort();
    }, options);
    worker.postMessage(message);
  });
}
