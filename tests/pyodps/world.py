"""The place where the checks happen: the warehouse's addresses, clients, names of their own."""
import itertools

import odps
from odps import ODPS, options

options.verbose = False


class World(object):
    """One client of one generation at one warehouse."""

    def __init__(self, ready):
        self.ready = ready
        self.version = odps.__version__
        self.generation = tuple(int(part) for part in self.version.split('.')[:2])
        self.odps = self.client()
        self._numbers = itertools.count(1)

    def client(self, **changes):
        """A fresh entry object, as the user of the ready line makes it."""
        values = dict(access_id=self.ready['access_id'], access_key=self.ready['access_key'],
                      project=self.ready['project'], endpoint=self.ready['odps_endpoint'],
                      tunnel_endpoint=self.ready['tunnel_endpoint'])
        values.update(changes)
        return ODPS(values.pop('access_id'), values.pop('access_key'), values.pop('project'),
                    values.pop('endpoint'), **values)

    def name(self, stem):
        """A name that no other check and no other generation uses."""
        return 'c%d_%d_%s_%d' % (self.generation + (stem, next(self._numbers)))

    def table(self, stem, schema, **options_of_create):
        """A new table; the schema in the short text form of the clients."""
        return self.odps.create_table(self.name(stem), schema, **options_of_create)

    @staticmethod
    def columns(table):
        """Names and types of the columns."""
        return [(column.name, str(column.type).lower()) for column in table.schema.simple_columns]

    @staticmethod
    def keys(table):
        """Names and types of the partition keys."""
        return [(column.name, str(column.type).lower()) for column in table.schema.partitions]

    def rows(self, table, partition=None):
        """Every record as a list of values without the keys of its partition, in the order of the
        tunnel, as the table is now: clients keep a download session, which does not change."""
        count = len(table.schema.simple_columns)
        with table.open_reader(partition=partition, reopen=True) as reader:
            return [list(record.values[:count]) for record in reader]

    def sql(self, text, **arguments):
        """Rows of a query, by whatever way the client reads results."""
        with self.odps.execute_sql(text, **arguments).open_reader() as reader:
            return [list(record.values) for record in reader]
