-- Who asked, published or went back; NULL where nobody had to say who he is.
ALTER TABLE version ADD COLUMN actor TEXT;
ALTER TABLE activation ADD COLUMN actor TEXT;
ALTER TABLE decision ADD COLUMN actor TEXT;

-- The answer's UTF-8 as gzip; answer is empty then. Earlier decisions have it as text.
ALTER TABLE decision ADD COLUMN packed_answer BYTEA;
