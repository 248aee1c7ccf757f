/** An event as peers are given it: read, its time a number. */
export type PeerEvent = {
  readonly event: string;
  readonly time: number;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Another way to decide the same rules: it keeps the events, and decides all rules anew when one comes. */
export interface Peer {
  readonly name: string;
  /** Takes an event and answers for each rule, in the order of the rules. */
  decide(event: PeerEvent): readonly boolean[] | Promise<readonly boolean[]>;
}
