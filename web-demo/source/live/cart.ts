import { useSyncExternalStore } from "react";
import { Observable } from "../application/observable.ts";
import { products } from "../shop/catalogue.ts";

/** What lies in the cart, by product; all tabs have the same one. */
export type Cart = Readonly<Record<string, number>>;

const key = "live-cart";
const cart = new Observable<Cart>(kept());

function kept(): Cart {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Cart;
  } catch {
    return {};
  }
}

window.addEventListener("storage", (event) => {
  if (event.key === key) cart.set(kept());
});

export function useCart(): Cart {
  return useSyncExternalStore(cart.subscribe, cart.get);
}

export function changeCart(productId: string, difference: number): void {
  const { [productId]: before = 0, ...others } = cart.get();
  const quantity = before + difference;
  keep(quantity > 0 ? { ...others, [productId]: quantity } : others);
}

export function emptyCart(): void {
  keep({});
}

function keep(changed: Cart): void {
  localStorage.setItem(key, JSON.stringify(changed));
  cart.set(changed);
}

/** The lines as an order has them. */
export function cartLines(lines: Cart) {
  return Object.entries(lines).flatMap(([id, quantity]) => {
    const product = products.find(({ product_id }) => product_id === id);
    return product === undefined ? [] : [{ ...product, quantity }];
  });
}

/** Money to the cent. */
export function cartTotal(lines: Cart): number {
  const total = cartLines(lines).reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return Math.round(total * 100) / 100;
}
