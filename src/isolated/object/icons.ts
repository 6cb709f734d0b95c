import add from '@vscode/codicons/src/icons/add.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import eyeClosed from '@vscode/codicons/src/icons/eye-closed.svg';
import eye from '@vscode/codicons/src/icons/eye.svg';
import goToFile from '@vscode/codicons/src/icons/go-to-file.svg';
import info from '@vscode/codicons/src/icons/info.svg';
import insert from '@vscode/codicons/src/icons/insert.svg';
import link from '@vscode/codicons/src/icons/link.svg';
import passFilled from '@vscode/codicons/src/icons/pass-filled.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import shield from '@vscode/codicons/src/icons/shield.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import type { ActivityLine, ObjectAct } from './messages';

/** The SVG of each icon. They are constants of the bundle: nothing of an object or a vault is ever in them. */
export const icons = {
	add,
	copy,
	edit,
	eye,
	eyeClosed,
	goToFile,
	info,
	insert,
	link,
	passFilled,
	refresh,
	shield,
	trash,
	warning,
} as const;

/** An icon by its name. */
export type IconName = keyof typeof icons;

/** The icons of buttons by what they do. The table of versions has no room for any. */
export const actIcons: Readonly<Partial<Record<ObjectAct['act'], IconName>>> = {
	reveal: 'eye',
	hide: 'eyeClosed',
	openValue: 'goToFile',
	edit: 'edit',
	copyValue: 'copy',
	copyName: 'copy',
	copyLine: 'copy',
	copyLink: 'link',
	insert: 'insert',
	delete: 'trash',
	look: 'refresh',
	refresh: 'refresh',
};

/** The icons of what was done with an object. */
export const eventIcons: Readonly<Record<ActivityLine['kind'], IconName>> = {
	created: 'add',
	updated: 'edit',
	deleted: 'trash',
	read: 'eye',
};
