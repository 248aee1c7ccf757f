import { Minus, Plus } from "lucide-react";
import { Button, IconButton } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { cartLines, cartTotal, changeCart, emptyCart, useCart } from "./cart.ts";
import { useMoney } from "./money.ts";
import type { ShopProps } from "./shop_front.tsx";
import { tell } from "./shop_messages.ts";

/** The cart, on its way to an order. */
export function CartPanel({ tracker }: ShopProps) {
  const { t } = useScreenTexts("live");
  const money = useMoney();
  const cart = useCart();
  const lines = cartLines(cart);
  const total = cartTotal(cart);
  const order = { total, currency: "EUR", products: lines };
  const isEmpty = lines.length === 0 || tracker === undefined;
  const buy = () => {
    tell(tracker, "Order Completed", order);
    emptyCart();
    toast(t("shop.ordered", { total: money(total) }));
  };
  return (
    <section className="cart" aria-labelledby="cart-title">
      <h3 id="cart-title">{t("shop.cart")}</h3>
      {lines.length === 0 && <p className="soft small">{t("shop.cartEmpty")}</p>}
      <ul>
        {lines.map(({ product_id: id, name, price, quantity }) => (
          <li key={id} className="cart-line">
            <span>{name}</span>
            <span className="row cart-quantity figure">
              <IconButton
                label={t("shop.less", { name })}
                size="small"
                onClick={() => {
                  tell(tracker, "Product Removed", { product_id: id, name, price, quantity: 1 });
                  changeCart(id, -1);
                }}
              >
                <Minus aria-hidden />
              </IconButton>
              {quantity}
              <IconButton
                label={t("shop.more", { name })}
                size="small"
                onClick={() => {
                  tell(tracker, "Product Added", { product_id: id, name, price, quantity: 1 });
                  changeCart(id, 1);
                }}
              >
                <Plus aria-hidden />
              </IconButton>
            </span>
            <span className="figure">{money(price * quantity)}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        <strong className="figure">{t("shop.total", { total: money(total) })}</strong>
        <Button
          className="row-end"
          disabled={isEmpty}
          onClick={() => tell(tracker, "Checkout Started", order)}
        >
          {t("shop.checkout")}
        </Button>
        <Button look="primary" disabled={isEmpty} onClick={buy}>
          {t("shop.buy")}
        </Button>
      </div>
    </section>
  );
}
