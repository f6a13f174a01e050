// Where this page is: a notebook with cells, or the app, in which no code can be run.

// Voilà marks the body of its pages.
const isApp = () => globalThis.document?.body.dataset.voila !== undefined;

const IN_THE_APP: [RegExp, string][] = [
  [/run the cell again/g, "load the page again"],
  [/Run the cell again/g, "Load the page again"],
  [/Log\.open\(\)\.restore\(\)/g, "“Bring back what is missing”, under “Your data”,"],
  [/doctor\(\)/g, "“Look the log over”, under “Your data”"],
  [/past\(\)/g, "the list of what you recorded"],
];

/** Return a sentence as it is said here: in the app by its buttons, not by code. */
export function saidHere(sentence: string): string {
  if (!isApp()) return sentence;
  return IN_THE_APP.reduce((said, [code, words]) => said.replace(code, words), sentence);
}
