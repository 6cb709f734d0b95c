/** Ends the path of the workbench's own script. */
export const workbenchScript = '/out/vs/code/browser/workbench/workbench.js';

const afterLoad = 'this.secretsPromise=this.load()}';
const afterTake = /this\._embedderSequencer=new [\w$]+\)/;

const listen = `this.secretsPromise=this.load();addEventListener("storage",async event=>{
if(event.key!==this.storageKey)return;
const before=await this.secretsPromise,after=await(this.secretsPromise=this.load());
for(const key of new Set([...Object.keys(before),...Object.keys(after)]))if(before[key]!==after[key])this.onDidChangeElsewhere?.(key)
})}`;

/**
 * Lets the windows of one profile share their secrets, as the desktop's windows do: in the web build each window reads
 * them once, and hears nothing of what another one stores or deletes.
 * @param {string} script
 * @returns {string} the script
 * @throws where it is not the script of the VS Code that this was made for
 */
export function withSharedSecrets(script) {
	const taken = afterTake.exec(script)?.[0];
	if (!taken || !script.includes(afterLoad)) throw new Error("The workbench's secret storage has changed.");
	const heard = 'this._secretStorageProvider.onDidChangeElsewhere=key=>this.onDidChangeSecretEmitter.fire(key))';
	return script.replace(afterLoad, () => listen).replace(taken, () => `${taken.slice(0, -1)},${heard}`);
}
