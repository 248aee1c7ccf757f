import { ChartScatter, Contact, Database, type LucideIcon, UsersRound, Zap } from "lucide-react";
import { lazy, type ReactNode } from "react";
import { addresses, type Route } from "../navigation/routes.ts";
import { UnknownScreen } from "./unknown_screen.tsx";

const BuilderScreen = lazy(() => import("../builder/builder_screen.tsx"));
const CreateScreen = lazy(() => import("../create/create_screen.tsx"));
const DataScreen = lazy(() => import("../data/data_screen.tsx"));
const ListScreen = lazy(() => import("../create/list_screen.tsx"));
const LiveScreen = lazy(() => import("../live/live_screen.tsx"));
const PersonaScreen = lazy(() => import("../create/persona_screen.tsx"));
const ScenarioScreen = lazy(() => import("../create/scenario_screen.tsx"));
const ContactScreen = lazy(() => import("../contacts/contact_screen.tsx"));
const ContactsScreen = lazy(() => import("../contacts/contacts_screen.tsx"));
const PersonasScreen = lazy(() => import("../personas/personas_screen.tsx"));
const SegmentsScreen = lazy(() => import("../segments/segments_screen.tsx"));

/** The ways to the screens; the names are those of `navigation` in the catalogue. */
export const navigationEntries: readonly {
  readonly id: string;
  readonly href: string;
  readonly icon: LucideIcon;
  readonly screens: readonly Route["screen"][];
}[] = [
  {
    id: "segments",
    href: addresses.segments,
    icon: UsersRound,
    screens: ["segments", "create", "builder"],
  },
  { id: "contacts", href: addresses.contacts, icon: Contact, screens: ["contacts", "contact"] },
  { id: "personas", href: addresses.personas, icon: ChartScatter, screens: ["personas"] },
  { id: "live", href: addresses.live, icon: Zap, screens: ["live"] },
  { id: "data", href: addresses.data, icon: Database, screens: ["data"] },
];

/** The screen of an address. Each is loaded when it is first gone to. */
export function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "segments":
      return <SegmentsScreen />;
    case "create":
      return createScreens[route.way];
    case "builder":
      return <BuilderScreen segment={route.segment} />;
    case "contacts":
      return <ContactsScreen />;
    case "contact":
      return <ContactScreen key={route.contact} id={route.contact} />;
    case "personas":
      return <PersonasScreen />;
    case "live":
      return <LiveScreen />;
    case "data":
      return <DataScreen />;
    default:
      return <UnknownScreen />;
  }
}

const createScreens = {
  choose: <CreateScreen />,
  scenario: <ScenarioScreen />,
  persona: <PersonaScreen />,
  list: <ListScreen />,
};
