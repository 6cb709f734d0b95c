import { randomBytes, timingSafeEqual } from 'node:crypto';

const isLoopback = (host) => ['127.0.0.1', 'localhost'].includes((host ?? '').replace(/:\d+$/, ''));

function isSame(given, wanted) {
	const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
	return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * Who is let in to a workbench: whoever opens an address with its token gets a cookie, and whoever has the cookie gets
 * the rest. Without it any page or user of this machine could have the window's terminal. A foreign `Host` is refused.
 * @param {number} port cookies are shared by all ports of a host, so that the name has to tell them apart
 */
export function createEntrance(port) {
	const token = randomBytes(16).toString('hex');
	const name = `workbench-${port}`;
	return {
		token,
		/** Whether the address carries the token. */
		hasToken: (request, address) =>
			isLoopback(request.headers.host) && isSame(address.searchParams.get('token') ?? '', token),
		/** Whether the request carries the cookie. */
		hasCookie(request) {
			const cookies = (request.headers.cookie ?? '').split(/;\s*/);
			const given = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
			return isLoopback(request.headers.host) && isSame(given ?? '', token);
		},
		cookie: `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`,
	};
}
