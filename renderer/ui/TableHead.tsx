/** What a column is called; figures stand to the right, under their name. */
interface Column {
  readonly label: string;
  readonly isFigure?: boolean;
}

/** The one row of a table that names its columns. */
export function TableHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ label, isFigure = false }) => (
          <th key={label} scope="col" {...(isFigure ? { className: 'figure' } : {})}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}
