const meta = /(<meta id="vscode-workbench-web-configuration" data-settings=")([^"]*)(")/;

const outside = ['serviceWorker', 'extensionsGallery', 'telemetryEndpoint', 'voiceWsUrl'];

/**
 * Puts the extensions under development, and the tests to run, into the workbench's page, where an embedder of VS Code
 * says so; a built workbench passes over the page address' `extensionDevelopmentPath`. Services outside this machine
 * are taken out.
 * @param {string} html
 * @param {{ developed: string[], tests?: string }} development folders, and the tests' entry
 * @returns {string} the page
 * @throws where the page has no such configuration: another version of VS Code
 */
export function withDevelopment(html, { developed, tests }) {
	if (!meta.test(html)) throw new Error("The page has no workbench configuration: VS Code's page has changed.");
	return html.replace(meta, (_all, before, escaped, after) => {
		const configuration = JSON.parse(escaped.replaceAll('&quot;', '"'));
		const uri = (path) => ({ $mid: 1, scheme: 'vscode-remote', authority: configuration.remoteAuthority, path });
		configuration.developmentOptions = {
			...configuration.developmentOptions,
			...(developed.length > 0 && { extensions: developed.map(uri) }),
			...(tests && { extensionTestsPath: uri(tests) }),
		};
		configuration.productConfiguration = { ...configuration.productConfiguration, enableTelemetry: false };
		for (const name of outside) delete configuration.productConfiguration[name];
		return before + JSON.stringify(configuration).replaceAll('"', '&quot;') + after;
	});
}
