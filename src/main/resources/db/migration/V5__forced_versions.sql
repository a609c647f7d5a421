-- Until now a publication had a reason only where others won by it than cases want.
UPDATE version SET origin = 'forced' WHERE origin = 'published' AND reason IS NOT NULL;
UPDATE activation SET origin = 'forced' WHERE origin = 'published' AND reason IS NOT NULL;
