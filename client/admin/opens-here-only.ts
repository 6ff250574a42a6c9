/** Whether an address leads to the computer itself that opens it: no phone that scans it gets to the server. */
export function opensHereOnly(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
