/** A file of SVG: esbuild puts its text into the bundle. */
declare module '*.svg' {
	const text: string;
	export { text as default };
}
