import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class_names.ts";
import "./file_drop.css";

export interface FileDropProps {
  /** Of the button. */
  label: string;
  /** Beside it. */
  hint: string;
  /** As of an input of type `file`. */
  accept: string;
  onTake: (file: File | undefined) => void;
}

/** A place for a file: chosen by button, or dropped. */
export function FileDrop({ label, hint, accept, onTake }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onTake(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Dropping is beside the button, which everyone can use.
    <div
      className={classNames("file-drop", isOver && "file-drop-over")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        type="file"
        accept={accept}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        onChange={({ target }) => {
          onTake(target.files?.[0]);
          // The same file may be chosen again, when it has changed.
          target.value = "";
        }}
      />
      <Button icon={<Upload aria-hidden />} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <span className="soft">{hint}</span>
    </div>
  );
}
