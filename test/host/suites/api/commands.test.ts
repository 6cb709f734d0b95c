import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../driver/eventually';
import { extension } from '../../driver/product';

type Manifest = {
	contributes: { commands: { command: string }[]; menus: { commandPalette: { command: string; when: string }[] } };
};

/** Runs a command with nothing selected, and leaves whatever it asks. */
async function runAndLeave(command: string): Promise<unknown> {
	let isOver = false;
	const run = vscode.commands.executeCommand(command).then(
		(answer) => {
			isOver = true;
			return answer;
		},
		(error: unknown) => {
			isOver = true;
			throw error;
		},
	);
	await eventually(async () => {
		await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
		await vscode.commands.executeCommand('notifications.clearAll');
		assert.ok(isOver, `${command} waits for something`);
	});
	return run;
}

function inPalette(): string[] {
	const { commands, menus } = (extension().packageJSON as Manifest).contributes;
	const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
	return commands.map(({ command }) => command).filter((command) => !hidden.includes(command));
}

suite('Every command of the palette, with nothing selected', () => {
	test('runs without a connection, and returns nothing', async function () {
		this.timeout(120_000);
		for (const command of inPalette()) {
			if (command === 'workosVault.tryLocalVault') continue;
			assert.equal(await runAndLeave(command), undefined, command);
		}
	});

	test('runs with a connection, and returns nothing', async function () {
		this.timeout(120_000);
		const last = 'workosVault.signOut';
		assert.equal(await runAndLeave('workosVault.tryLocalVault'), undefined);
		for (const command of [...inPalette().filter((command) => command !== last), last]) {
			assert.equal(await runAndLeave(command), undefined, command);
		}
	});
});
