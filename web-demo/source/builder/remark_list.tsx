import { Notice } from "../components/notice.tsx";
import { useRemarks } from "./builder_context.ts";

const memberPlace = /^\/of\/\d+(\/|$)/;

/** What is to be said about a condition: of a group, only what no condition in it says itself. */
export function RemarkList({ pointer, isGroup }: { pointer: string; isGroup: boolean }) {
  const remarks = useRemarks();
  const own = remarks.filter(({ path }) => {
    if (path !== pointer && !path.startsWith(`${pointer}/`)) return false;
    return !(isGroup && memberPlace.test(path.slice(pointer.length)));
  });
  if (own.length === 0) return null;
  return (
    <div className="remarks stack">
      {own.map(({ path, look, message }) => (
        <Notice key={`${path} ${message}`} look={look}>
          {message}
        </Notice>
      ))}
    </div>
  );
}
