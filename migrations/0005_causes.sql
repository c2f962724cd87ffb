-- The cause of a rejection is a code. Until now it was the first line of the
-- reason, in the language of the text: these are the sentences as they were in
-- the eight languages of the pages at that time.

-- +goose Up
-- +goose StatementBegin
alter table review add column cause text -- null when the reason is in an editor's own words only
    check (cause in ('scope', 'double', 'unclear', 'unproven', 'people', 'advertising', 'silence'));

create temporary table old_cause (cause text not null, sentence text primary key) on commit drop;
insert into old_cause values
    ('scope', 'ليست ممارسة نُفّذت فعلاً'),
    ('double', 'موجودة في الدليل من قبل'),
    ('unclear', 'لا يتضح من يفعل ماذا، ولمن'),
    ('unproven', 'لا يمكن التحقق مما تقوله'),
    ('people', 'تكشف عن أشخاص لم يوافقوا على ذلك'),
    ('advertising', 'تروّج لمنتج أو لشخص'),
    ('silence', 'لم تُجَب أسئلتنا'),
    ('scope', 'Es ist kein Praxisbeispiel, das umgesetzt worden ist'),
    ('double', 'Es steht schon im Katalog'),
    ('unclear', 'Es ist nicht zu erkennen, wer was für wen tut'),
    ('unproven', 'Was darin steht, lässt sich nicht überprüfen'),
    ('people', 'Es stellt Menschen bloß, die nicht zugestimmt haben'),
    ('advertising', 'Es wirbt für ein Produkt oder eine Person'),
    ('silence', 'Unsere Fragen wurden nicht beantwortet'),
    ('scope', 'Δεν είναι πρακτική που έχει εφαρμοστεί'),
    ('double', 'Υπάρχει ήδη στον κατάλογο'),
    ('unclear', 'Δεν φαίνεται ποιος κάνει τι και για ποιους'),
    ('unproven', 'Όσα αναφέρει δεν μπορούν να ελεγχθούν'),
    ('people', 'Εκθέτει ανθρώπους που δεν έχουν συμφωνήσει'),
    ('advertising', 'Διαφημίζει ένα προϊόν ή ένα πρόσωπο'),
    ('silence', 'Οι ερωτήσεις μας δεν απαντήθηκαν'),
    ('scope', 'It is not a practice that has been carried out'),
    ('double', 'The catalogue has it already'),
    ('unclear', 'One cannot see who does what, for whom'),
    ('unproven', 'What it says cannot be checked'),
    ('people', 'It exposes people who have not agreed'),
    ('advertising', 'It advertises a product or a person'),
    ('silence', 'Our questions were not answered'),
    ('scope', 'No es una práctica que se haya llevado a cabo'),
    ('double', 'Ya está en el catálogo'),
    ('unclear', 'No se ve quién hace qué ni para quién'),
    ('unproven', 'Lo que dice no se puede comprobar'),
    ('people', 'Expone a personas que no han dado su acuerdo'),
    ('advertising', 'Hace publicidad de un producto o de una persona'),
    ('silence', 'Nuestras preguntas no han tenido respuesta'),
    ('scope', 'Ce n’est pas une pratique qui a été réalisée'),
    ('double', 'Elle est déjà dans le catalogue'),
    ('unclear', 'On ne voit pas qui fait quoi, ni pour qui'),
    ('unproven', 'Ce qu’elle dit ne peut pas être vérifié'),
    ('people', 'Elle expose des personnes sans leur accord'),
    ('advertising', 'Elle fait la publicité d’un produit ou d’une personne'),
    ('silence', 'Nos questions sont restées sans réponse'),
    ('scope', 'Nuk është praktikë që është vënë në zbatim'),
    ('double', 'Katalogu e ka tashmë'),
    ('unclear', 'Nuk kuptohet kush bën çfarë dhe për kë'),
    ('unproven', 'Ajo që thuhet nuk mund të kontrollohet'),
    ('people', 'Ekspozon njerëz që nuk e kanë pranuar këtë'),
    ('advertising', 'Reklamon një produkt ose një person'),
    ('silence', 'Pyetjet tona nuk morën përgjigje'),
    ('scope', 'Це не практика, яку вже втілено'),
    ('double', 'Така практика вже є в каталозі'),
    ('unclear', 'Не видно, хто що робить і для кого'),
    ('unproven', 'Сказане неможливо перевірити'),
    ('people', 'Текст розкриває відомості про людей без їхньої згоди'),
    ('advertising', 'Це реклама товару або людини'),
    ('silence', 'Ми не отримали відповіді на свої запитання');

update review set cause = o.cause,
    reason = btrim(substr(reason, length(split_part(reason, E'\n', 1)) + 1), E' \t\r\n')
from old_cause o where decision = 'rejected' and o.sentence = btrim(split_part(reason, E'\n', 1), E' \t\r');

-- Only rejections have causes.
alter table review add check (cause is null or decision = 'rejected');
-- +goose StatementEnd
