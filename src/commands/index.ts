import {
	continueScan,
	filter,
	filterRow,
	loadMore,
	refresh,
	refreshRows,
	retry,
	showLog,
	stopScan,
} from './tree/browse';
import { allowChanges, forbidChanges } from './access/allowances';
import { decryptInPlace, decryptSelection, lookUpKeyContext } from './ciphertexts/decrypt';
import {
	connectWithApiKey,
	markProduction,
	openDashboard,
	replaceApiKey,
	signOut,
	switchConnection,
	startEmptyLocalVault,
	tryLocalVault,
} from './access/connect';
import { clearClipboard, copyIds, copyKeyContext, copyNames, copyValue } from './objects/copy';
import { createNewObject } from './drafts/create';
import { createDataKey, decryptDataKey } from './ciphertexts/dataKeys';
import { discardDraft, editValue, publishDraft, publishInFront, reopenDraft, replaceValue } from './drafts/edit';
import { encryptSelection, encryptWithAssociatedData } from './ciphertexts/encrypt';
import { findObject } from './find/find';
import { importEnvironment } from './dotenv/importDotenv';
import { groupBy, markAllSeen, sortBy, viewAsList, viewAsTree } from './tree/arrange';
import { copyLink } from './objects/link';
import type { App, Target } from './ports';
import { deleteObjects } from './objects/delete';
import { insertReference, moveToVault } from './textEditor/references';
import { lockNow, startPresentation, stopPresentation, unlock } from './access/privacy';
import { reencryptCiphertexts } from './ciphertexts/reencrypt';
import {
	explainUnsaved,
	hideValues,
	revealAgain,
	revealInIsolation,
	revealValue,
	revealVersion,
} from './objects/reveal';
import { compareWithCurrent, restoreVersion } from './objects/versions';

/** What a person can do: every command's id with its flow. package.json says the same, and a test compares them. */
export const commands = {
	'workosVault.connectWithApiKey': connectWithApiKey,
	'workosVault.tryLocalVault': tryLocalVault,
	'workosVault.startEmptyLocalVault': startEmptyLocalVault,
	'workosVault.switchConnection': switchConnection,
	'workosVault.replaceApiKey': replaceApiKey,
	'workosVault.signOut': signOut,
	'workosVault.openDashboard': openDashboard,
	'workosVault.refresh': refresh,
	'workosVault.refreshRow': refreshRows,
	'workosVault.loadMore': loadMore,
	'workosVault.retry': retry,
	'workosVault.filter': filter,
	'workosVault.filterRow': filterRow,
	'workosVault.groupBy': groupBy,
	'workosVault.sortBy': sortBy,
	'workosVault.viewAsTree': viewAsTree,
	'workosVault.viewAsList': viewAsList,
	'workosVault.markAllSeen': markAllSeen,
	'workosVault.stopScan': stopScan,
	'workosVault.continueScan': continueScan,
	'workosVault.showLog': showLog,
	'workosVault.findObject': findObject,
	'workosVault.revealValue': revealValue,
	'workosVault.revealVersion': revealVersion,
	'workosVault.revealInIsolation': revealInIsolation,
	'workosVault.revealAgain': revealAgain,
	'workosVault.hideValues': hideValues,
	'workosVault.explainUnsaved': explainUnsaved,
	'workosVault.lockNow': lockNow,
	'workosVault.unlock': unlock,
	'workosVault.startPresentation': startPresentation,
	'workosVault.stopPresentation': stopPresentation,
	'workosVault.markProduction': markProduction,
	'workosVault.allowChanges': allowChanges,
	'workosVault.forbidChanges': forbidChanges,
	'workosVault.copyValue': copyValue,
	'workosVault.clearClipboard': clearClipboard,
	'workosVault.copyName': copyNames,
	'workosVault.copyNames': copyNames,
	'workosVault.copyId': copyIds,
	'workosVault.copyIds': copyIds,
	'workosVault.copyKeyContext': copyKeyContext,
	'workosVault.copyLink': copyLink,
	'workosVault.createObject': createNewObject,
	'workosVault.createObjectHere': createNewObject,
	'workosVault.importEnvironment': importEnvironment,
	'workosVault.importEnvironmentHere': importEnvironment,
	'workosVault.editValue': editValue,
	'workosVault.replaceValue': replaceValue,
	'workosVault.publishDraft': publishDraft,
	'workosVault.publishInFront': publishInFront,
	'workosVault.reopenDraft': reopenDraft,
	'workosVault.discardDraft': discardDraft,
	'workosVault.deleteObject': deleteObjects,
	'workosVault.deleteObjects': deleteObjects,
	'workosVault.compareWithCurrent': compareWithCurrent,
	'workosVault.restoreVersion': restoreVersion,
	'workosVault.encryptSelection': encryptSelection,
	'workosVault.encryptWithAssociatedData': encryptWithAssociatedData,
	'workosVault.decryptSelection': decryptSelection,
	'workosVault.moveToVault': moveToVault,
	'workosVault.insertReference': insertReference,
	'workosVault.decryptInPlace': decryptInPlace,
	'workosVault.reencrypt': reencryptCiphertexts,
	'workosVault.lookUpKeyContext': lookUpKeyContext,
	'workosVault.createDataKey': createDataKey,
	'workosVault.decryptDataKey': decryptDataKey,
} as const satisfies Record<string, (app: App, target: Target) => void | Promise<void>>;

/** The id of a command. */
export type CommandId = keyof typeof commands;
