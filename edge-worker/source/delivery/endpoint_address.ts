/**
 * Which addresses deltas may be sent to. Names can resolve to anything, so on bare workerd the network service must be restricted as
 * well (`allow = ["public"]`); on Cloudflare there are no private networks to reach.
 */

/** What is wrong with an endpoint's address; undefined when nothing is. */
export function addressProblem(address: string, arePrivateAllowed: boolean): string | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return "It is not an absolute URL.";
  }
  if (url.username !== "" || url.password !== "") {
    return "It must not have credentials in it; requests are signed.";
  }
  if (url.hash !== "") return "It must not have a fragment.";
  if (url.protocol !== "https:" && !(arePrivateAllowed && url.protocol === "http:")) {
    return "It must begin with https://.";
  }
  if (!arePrivateAllowed && isPrivateHost(url.hostname)) {
    return "It must not be in a private, local or reserved network.";
  }
  return undefined;
}

/** The host as `URL` writes it: numbers of IPv4 in any notation are dotted there, IPv6 is in brackets. */
function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name.startsWith("[")) return isPrivateIpv6(name.slice(1, -1));
  const ipv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name);
  if (ipv4 !== null) return isPrivateIpv4(ipv4.slice(1).map(Number));
  const isSingleLabel = !name.includes(".");
  return isSingleLabel || privateSuffixes.some((suffix) => name.endsWith(suffix));
}

const privateSuffixes = [
  ".localhost",
  ".local",
  ".internal",
  ".intranet",
  ".lan",
  ".home",
  ".corp",
  ".home.arpa",
  ".onion",
];

function isPrivateIpv4([first = 0, second = 0, third = 0]: readonly number[]): boolean {
  return (
    first === 0 ||
    first === 10 ||
    first === 127 ||
    (first === 100 && second >= 64 && second < 128) ||
    (first === 169 && second === 254) ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 192 && second === 0 && (third === 0 || third === 2)) ||
    (first === 192 && second === 88 && third === 99) ||
    (first === 198 && (second === 18 || second === 19)) ||
    (first === 198 && second === 51 && third === 100) ||
    (first === 203 && second === 0 && third === 113) ||
    first >= 224
  );
}

function isPrivateIpv6(address: string): boolean {
  const groups = ipv6Groups(address);
  if (groups === undefined) return true;
  const [first = 0, second = 0] = groups;
  const isZero = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const embedded = [(groups[6] ?? 0) >> 8, (groups[6] ?? 0) & 255, (groups[7] ?? 0) >> 8, 0];
  if (isZero(0, 5) && (groups[5] === 0xffff || groups[5] === 0)) return true;
  if (first === 0x64 && second === 0xff9b) return isPrivateIpv4(embedded) || groups[2] !== 0;
  if (first === 0x2002) {
    return isPrivateIpv4([second >> 8, second & 255, (groups[2] ?? 0) >> 8, 0]);
  }
  // Only 2000::/3 is global unicast; of it, 2001::/23 and 2001:db8::/32 are for other purposes.
  if ((first & 0xe000) !== 0x2000) return true;
  return first === 0x2001 && (second < 0x200 || second === 0xdb8);
}

/** The eight groups of an address as `URL` writes it. */
function ipv6Groups(address: string): number[] | undefined {
  const [before = "", after, ...more] = address.split("::");
  if (more.length > 0) return undefined;
  const read = (text: string) =>
    text === "" ? [] : text.split(":").map((part) => Number.parseInt(part, 16));
  const left = read(before);
  const right = after === undefined ? [] : read(after);
  const missing = 8 - left.length - right.length;
  if (after === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => 0), ...right];
  return groups.some((group) => !(group >= 0 && group <= 0xffff)) ? undefined : groups;
}
