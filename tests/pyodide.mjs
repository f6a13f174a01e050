// Runs a Python program in Pyodide, as JupyterLite would:
//   node pyodide.mjs PYODIDE PROGRAM /PATH=FOLDER...
// Each FOLDER of this machine stands at its PATH there.
const [pyodide, program, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(`${pyodide}/pyodide.mjs`);
const python = await loadPyodide();
try {
  for (const [path, root] of folders.map((pair) => pair.split("="))) {
    python.FS.mkdirTree(path);
    python.FS.mount(python.FS.filesystems.NODEFS, { root }, path);
  }
  python.runPython(program);
} catch (error) {
  console.error(error.message ?? error); // without the source of Pyodide, which is one line
  process.exitCode = 1;
}
