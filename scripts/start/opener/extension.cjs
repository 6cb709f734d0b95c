'use strict';
// Beside the extension when it is started for development: shows its view at once. The extension itself leaves the
// choice of the view to the person.
const vscode = require('vscode');

exports.activate = async () => {
	await vscode.commands.executeCommand('workosVault.objects.focus');
};
