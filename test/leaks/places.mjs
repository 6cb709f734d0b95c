import path from 'node:path';
import { scan } from './scan/scan.mjs';

const below = (folder) => (file) => file === folder || file.startsWith(folder + path.sep);

/** The rows of the table. */
export const places = [
	'VS Code’s backups',
	'User data',
	'Browser profile',
	'Extension storage',
	'Logs',
	'Workspace',
	'Temporary folder',
	'Local Vault’s files',
	'Clipboard',
];

/**
 * Every place where a run may have left something, and what is there: the rows of the table.
 * @param {import('./driver/run.mjs').Run} run one that has ended
 * @returns {{ place: string, files: number, bytes: number, findings: object[] }[]}
 */
export function examine(run) {
	const { userData, browser, workspace, temporary, vault, output } = run.folders;
	const user = path.join(userData, 'User');
	const backups = path.join(user, 'Backups');
	const storage = ['globalStorage', 'workspaceStorage'].map((name) => path.join(user, name));
	const logs = ['logs', 'coder-logs'].map((name) => path.join(userData, name));
	const moments = run.watch.findings.filter(({ label }) => label in run.canaries.all);
	const seen = (...folders) => moments.filter(({ file }) => folders.some((folder) => below(folder)(file)));

	const own = [backups, ...storage, ...logs];
	const elsewhere = seen(userData).filter(({ file }) => !own.some((folder) => below(folder)(file)));

	const folders = [
		{ place: 'User data', roots: [userData], without: [backups, ...storage, ...logs], moments: elsewhere },
		{ place: 'Browser profile', roots: [browser] },
		{ place: 'Extension storage', roots: storage, moments: seen(...storage) },
		{ place: 'Logs', roots: [...logs, output] },
		{ place: 'Workspace', roots: [workspace], moments: seen(workspace) },
		{ place: 'Temporary folder', roots: [temporary], moments: seen(temporary) },
		{ place: 'Local Vault’s files', roots: [vault], moments: seen(vault) },
	].map(({ place, roots, without, moments = [] }) => {
		const { files, bytes, findings } = scan({ roots, without, canaries: run.canaries.all });
		return { place, files, bytes, findings: [...findings, ...moments] };
	});
	const kept = scan({ roots: [backups], canaries: run.canaries.all });
	const backupRow = { place: 'VS Code’s backups', ...kept, findings: [...kept.findings, ...seen(backups)] };
	const clipboard = { place: 'Clipboard', files: 0, bytes: 0, findings: run.clipboard };
	return [backupRow, ...folders, clipboard];
}

/** A finding in a line: the canary, how it is written, and where. */
export const describe = ({ label, form, layer, file }) => `${label}: ${form}, ${layer}, in ${file}`;

/** The table of runs, in text. */
export function table(title, rows, looked) {
	const cells = rows.map(({ place, files, bytes, findings }) => [
		place,
		String(files),
		`${(bytes / 1e6).toFixed(1)} MB`,
		String(looked),
		String(new Set(findings.map(({ label }) => label)).size),
	]);
	const lines = [['place', 'files', 'size', 'canaries', 'found'], ...cells];
	const widths = lines[0].map((_head, column) => Math.max(...lines.map((line) => line[column].length)));
	const draw = (line) =>
		line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
	return [`  ${title}`, ...lines.map((line) => `    ${draw(line)}`)].join('\n');
}
