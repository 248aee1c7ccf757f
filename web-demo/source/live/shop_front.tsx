import type { Tracker } from "@fosterflow/segments/browser";
import { Eye, Footprints, Gem, House, Plus, Shirt, ShoppingBag, Wind } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { toast } from "../components/toast.tsx";
import { useScreenTexts } from "../language/screen_texts.ts";
import { type Product, products } from "../shop/catalogue.ts";
import { changeCart } from "./cart.ts";
import { CartPanel } from "./cart_panel.tsx";
import { MailPanel } from "./mail_panel.tsx";
import { useMoney } from "./money.ts";
import { tell } from "./shop_messages.ts";
import { SignUp } from "./sign_up.tsx";

export interface ShopProps {
  /** Undefined until it has begun. */
  tracker: Tracker | undefined;
}

const categories = ["Shoes", "Jackets", "Shirts", "Bags", "Accessories", "Home"] as const;
const icons: Readonly<Record<string, typeof Gem>> = {
  Shoes: Footprints,
  Jackets: Wind,
  Shirts: Shirt,
  Bags: ShoppingBag,
  Accessories: Gem,
  Home: House,
};

/** One product of each kind. */
const shown = categories.flatMap(
  (category) => products.find((product) => product.category === category) ?? [],
);

/** The shop: products, cart, account and newsletter. */
export function ShopFront({ tracker }: ShopProps) {
  const { t } = useScreenTexts("live");
  return (
    <section className="panel panel-body stack shop" aria-labelledby="shop-title">
      <h2 id="shop-title">{t("shop.title")}</h2>
      <ul className="products">
        {shown.map((product) => (
          <ProductCard key={product.product_id} product={product} tracker={tracker} />
        ))}
      </ul>
      <CartPanel tracker={tracker} />
      <div className="shop-columns">
        <SignUp tracker={tracker} />
        <MailPanel tracker={tracker} />
      </div>
    </section>
  );
}

function ProductCard({ product, tracker }: ShopProps & { product: Product }) {
  const { t } = useScreenTexts("live");
  const money = useMoney();
  const [isSeen, setSeen] = useState(false);
  const Icon = icons[product.category] ?? Gem;
  const { product_id: id, name, price, brand } = product;
  const look = () => {
    tell(tracker, "Product Viewed", { ...product });
    setSeen(true);
  };
  const add = () => {
    tell(tracker, "Product Added", { ...product, quantity: 1 });
    changeCart(id, 1);
    toast(t("shop.added", { name }));
  };
  return (
    <li className="product">
      <div className={isSeen ? "product-picture product-seen" : "product-picture"}>
        <Icon aria-hidden />
      </div>
      <h3>{name}</h3>
      <p className="soft small figure">
        {brand} · {money(price)}
      </p>
      <div className="row">
        <Button
          size="small"
          icon={<Eye aria-hidden />}
          aria-label={t("shop.lookAt", { name })}
          disabled={tracker === undefined}
          onClick={look}
        >
          {t("shop.look")}
        </Button>
        <Button
          size="small"
          look="primary"
          icon={<Plus aria-hidden />}
          aria-label={t("shop.addToCart", { name })}
          disabled={tracker === undefined}
          onClick={add}
        >
          {t("shop.add")}
        </Button>
      </div>
    </li>
  );
}
