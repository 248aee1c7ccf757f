import { Monitor, Moon, Settings2, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, ButtonGroup } from "../components/button.tsx";
import { SelectField } from "../components/field.tsx";
import { Popover } from "../components/popover.tsx";
import { useFormats } from "../language/format.ts";
import { chooseLanguage, type Language, languages, useLanguage } from "../language/language.ts";
import { Link } from "../navigation/link.tsx";
import { usePlace } from "../navigation/location.ts";
import { addresses, routeOf } from "../navigation/routes.ts";
import { navigationEntries } from "./screens.tsx";
import { chooseTheme, type Theme, themes, useTheme } from "./theme.ts";
import { useWorkspace } from "./workspace.ts";

export function Navigation() {
  const { t } = useTranslation();
  const { path } = usePlace();
  const { screen } = routeOf(path);
  return (
    <header className="navigation">
      <Link href={addresses.segments} className="brand" aria-label={t("navigation.home")}>
        <img src="/icon.svg" alt="" />
        <span>Fosterflow</span>
      </Link>
      <nav className="navigation-links" aria-label={t("navigation.label")}>
        {navigationEntries.map(({ id, href, icon: Icon, screens }) => (
          <Link
            key={id}
            href={href}
            className="navigation-link"
            aria-current={screens.includes(screen) ? "page" : undefined}
          >
            <Icon aria-hidden />
            {t(`navigation.${id}`)}
          </Link>
        ))}
      </nav>
      <div className="navigation-foot">
        <Facts />
        <Settings />
      </div>
    </header>
  );
}

function Facts() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { phase, statistics } = useWorkspace();
  if (phase !== "ready") return null;
  return (
    <p className="navigation-facts figure">
      <strong>{number(statistics.contacts)}</strong> {t("navigation.contactsLoaded")}
      <br />
      <strong>{number(statistics.events)}</strong> {t("navigation.eventsLoaded")}
    </p>
  );
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

function Settings() {
  const { t } = useTranslation();
  const theme = useTheme();
  const language = useLanguage();
  const choices = Object.entries(languages).map(([value, label]) => ({
    value: value as Language,
    label,
  }));
  return (
    <Popover
      label={t("settings.title")}
      align="end"
      className="popover-padded"
      trigger={
        <Button look="quiet" size="small" icon={<Settings2 aria-hidden />}>
          {t("settings.title")}
        </Button>
      }
    >
      <div className="stack">
        <div className="field">
          <span className="field-label" aria-hidden>
            {t("settings.theme")}
          </span>
          <ButtonGroup label={t("settings.theme")}>
            {themes.map((name: Theme) => {
              const Icon = themeIcons[name];
              return (
                <Button
                  key={name}
                  size="small"
                  look={name === theme ? "primary" : "plain"}
                  aria-pressed={name === theme}
                  icon={<Icon aria-hidden />}
                  onClick={() => chooseTheme(name)}
                >
                  {t(`settings.themes.${name}`)}
                </Button>
              );
            })}
          </ButtonGroup>
        </div>
        <SelectField
          label={t("settings.language")}
          value={language}
          choices={choices}
          onChoose={(chosen) => void chooseLanguage(chosen)}
        />
      </div>
    </Popover>
  );
}
