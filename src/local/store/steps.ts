/**
 * The steps from an empty database to the newest form, each one run once: `PRAGMA user_version` counts those that a file
 * has behind it. A step that has been released is never changed.
 *
 * `position` is the order of creation. Paging goes by it because, unlike updated_at, it never changes: a row that is
 * updated while somebody pages would otherwise be seen twice or not at all.
 */
export const schemaSteps: readonly string[] = [
	`
	CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
	CREATE TABLE organizations (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		folded_name TEXT NOT NULL,
		external_id TEXT UNIQUE,
		metadata TEXT NOT NULL,
		domains TEXT NOT NULL,
		allow_profiles_outside_organization INTEGER NOT NULL,
		created_at INTEGER NOT NULL,
		updated_at INTEGER NOT NULL
	) STRICT;
	CREATE TABLE key_encryption_keys (
		id TEXT PRIMARY KEY,
		item TEXT NOT NULL UNIQUE,
		sealed BLOB NOT NULL
	) STRICT, WITHOUT ROWID;
	CREATE TABLE objects (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		name TEXT NOT NULL,
		folded_name TEXT NOT NULL,
		context TEXT NOT NULL,
		key_id TEXT NOT NULL,
		version INTEGER NOT NULL,
		version_id TEXT NOT NULL,
		updated_at INTEGER NOT NULL,
		deleted_at INTEGER
	) STRICT;
	CREATE UNIQUE INDEX live_object_names ON objects (name) WHERE deleted_at IS NULL;
	CREATE INDEX deleted_object_names ON objects (name, deleted_at) WHERE deleted_at IS NOT NULL;
	CREATE TABLE versions (
		object INTEGER NOT NULL REFERENCES objects (position) ON DELETE CASCADE,
		number INTEGER NOT NULL,
		id TEXT NOT NULL UNIQUE,
		created_at INTEGER NOT NULL,
		size INTEGER NOT NULL,
		etag TEXT NOT NULL,
		sealed_data_key BLOB NOT NULL,
		sealed_value BLOB NOT NULL,
		PRIMARY KEY (object, number)
	) STRICT;
	`,
	`
	ALTER TABLE objects ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
	UPDATE objects SET created_at = (SELECT created_at FROM versions WHERE object = position AND number = 1);
	CREATE INDEX deletions ON objects (deleted_at) WHERE deleted_at IS NOT NULL;
	CREATE TABLE events (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		name TEXT NOT NULL,
		organization TEXT,
		created_at INTEGER NOT NULL,
		data TEXT NOT NULL
	) STRICT;
	CREATE INDEX changes ON events (position)
		WHERE name NOT IN ('vault.data.read', 'vault.metadata.read', 'vault.names.listed');
	CREATE TABLE customer_keys (
		position INTEGER PRIMARY KEY AUTOINCREMENT,
		id TEXT NOT NULL UNIQUE,
		item TEXT NOT NULL,
		provider TEXT NOT NULL,
		sealed BLOB,
		is_enabled INTEGER NOT NULL,
		created_at INTEGER NOT NULL
	) STRICT;
	CREATE UNIQUE INDEX bound_customer_keys ON customer_keys (item) WHERE sealed IS NOT NULL;
	`,
];
