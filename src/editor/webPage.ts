import * as vscode from 'vscode';

/** Shows a page of ours in a webview: one script, one style sheet, no network, and no value. */
export function setPage(
	webview: vscode.Webview,
	extensionUri: vscode.Uri,
	name: 'isolated' | 'object',
	body: string,
): void {
	const dist = vscode.Uri.joinPath(extensionUri, 'dist');
	const media = vscode.Uri.joinPath(extensionUri, 'media');
	webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [dist, media] };
	const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.js`));
	const styles = webview.asWebviewUri(vscode.Uri.joinPath(media, `${name}.css`));
	const nonce = crypto.randomUUID();
	const allowed = `'nonce-${nonce}'`;
	webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${allowed}; style-src ${allowed}; base-uri 'none'; form-action 'none'">
<title>WorkOS Vault</title>
<link nonce="${nonce}" rel="stylesheet" href="${styles.toString()}">
</head>
<body>
${body}
<script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
