import { Store } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/button.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { useFormats } from "../language/format.ts";
import { useScreenTexts } from "../language/screen_texts.ts";
import { makeShop } from "./data_task.ts";

const sizes = [10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000] as const;
const largestSeed = 0xffff_ffff;

/** Makes a shop with customers: the same size and seed give the same shop. */
export function ShopPanel({ isBusy }: { isBusy: boolean }) {
  const { t } = useScreenTexts("data");
  const { number } = useFormats();
  const [size, setSize] = useState("100000");
  const [seed, setSeed] = useState("1");
  const chosenSeed = Number(seed);
  const isSeed = Number.isInteger(chosenSeed) && chosenSeed >= 0 && chosenSeed <= largestSeed;
  return (
    <section className="panel panel-body stack" aria-labelledby="data-shop">
      <h2 id="data-shop">{t("shop.title")}</h2>
      <p className="soft">{t("shop.hint")}</p>
      <div className="data-fields">
        <SelectField
          label={t("shop.contacts")}
          value={size}
          choices={sizes.map((contacts) => ({ value: String(contacts), label: number(contacts) }))}
          onChoose={setSize}
        />
        <TextField
          label={t("shop.seed")}
          inputMode="numeric"
          value={seed}
          {...(!isSeed && { error: t("shop.seedWrong") })}
          onChange={({ target }) => setSeed(target.value)}
        />
      </div>
      <p className="soft small">{t("replaces")}</p>
      <div>
        <Button
          look="primary"
          icon={<Store aria-hidden />}
          disabled={isBusy || !isSeed}
          onClick={() => makeShop(Number(size), chosenSeed)}
        >
          {t("shop.make")}
        </Button>
      </div>
    </section>
  );
}
