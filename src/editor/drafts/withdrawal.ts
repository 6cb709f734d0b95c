/**
 * Whether what belongs to a connection goes when all that belongs to `connectionId` does; everything goes where that is
 * undefined. What nobody knows the connection of goes with any.
 */
export function isWithdrawn(of: { readonly connectionId: string | undefined }, connectionId?: string): boolean {
	return connectionId === undefined || of.connectionId === undefined || of.connectionId === connectionId;
}
