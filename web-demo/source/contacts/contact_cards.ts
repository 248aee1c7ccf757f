import { useEffect, useState } from "react";
import type { ContactCard, Setting } from "./contact_service.ts";
import { contacts } from "./contacts.ts";

interface Wish {
  readonly setting: Setting;
  readonly id: string;
  readonly take: (card: ContactCard) => void;
}

/** So many cards at a time: some milliseconds. */
const batchLength = 12;
const mostKept = 2000;

/** What is wished for, the newest last: who scrolls past a contact no longer waits for it. */
let wishes: Wish[] = [];
let isBusy = false;
let keptOf: Setting | undefined;
const kept = new Map<string, ContactCard>();

async function work(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  try {
    for (let newest = wishes.at(-1); newest !== undefined; newest = wishes.at(-1)) {
      const { setting } = newest;
      const alike = wishes.filter((wish) => wish.setting === setting);
      const ids = [...new Set(alike.map(({ id }) => id))].slice(-batchLength);
      const batch = alike.filter(({ id }) => ids.includes(id));
      wishes = wishes.filter((wish) => !batch.includes(wish));
      const cards = await contacts().cards(setting, ids);
      if (keptOf !== setting || kept.size > mostKept) kept.clear();
      keptOf = setting;
      for (const card of cards) {
        kept.set(card.id, card);
        for (const wish of batch) if (wish.id === card.id) wish.take(card);
      }
    }
  } finally {
    isBusy = false;
  }
}

/** What a list says of a contact; undefined until it is known. */
export function useContactCard(setting: Setting, id: string): ContactCard | undefined {
  const [card, setCard] = useState<ContactCard>();
  const known = keptOf === setting ? kept.get(id) : undefined;
  const isKnown = known !== undefined;
  useEffect(() => {
    if (isKnown) return;
    const wish: Wish = { setting, id, take: setCard };
    wishes.push(wish);
    void work();
    return () => {
      wishes = wishes.filter((other) => other !== wish);
    };
  }, [setting, id, isKnown]);
  return known ?? (card?.id === id ? card : undefined);
}
